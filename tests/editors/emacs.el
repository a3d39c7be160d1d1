;;; emacs.el --- What the clients of Emacs share: they follow the plan of run.py  -*- lexical-binding: t -*-
;; SPDX-License-Identifier: Apache-2.0

(require 'json)
(require 'subr-x)
(setq make-backup-files nil create-lockfiles nil auto-save-default nil)
(package-initialize)

;; The modes come from packages that may be missing; only their names matter here.
(unless (fboundp 'terraform-mode) (define-derived-mode terraform-mode prog-mode "Terraform"))
(unless (fboundp 'yaml-mode) (define-derived-mode yaml-mode prog-mode "YAML"))
(unless (fboundp 'nginx-mode) (define-derived-mode nginx-mode prog-mode "nginx"))
(dolist (item '(("\\.tf\\'" . terraform-mode) ("\\.yaml\\'" . yaml-mode) ("\\.conf\\'" . nginx-mode)))
  (add-to-list 'auto-mode-alist item))

(defun halint-client (package)
  (format "Emacs %s, %s %s" emacs-version package
          (mapconcat #'number-to-string (package-desc-version (cadr (assq package package-alist))) ".")))

(defvar halint-plan
  (with-temp-buffer
    (insert-file-contents (getenv "HALINT_TEST_PLAN"))
    (json-parse-buffer :object-type 'alist)))
(defvar halint-record nil)

(defun halint-plan (&rest keys)
  (let ((at halint-plan))
    (dolist (key keys at) (setq at (alist-get key at)))))

(defun halint-note (part value) (push (cons part value) halint-record))

;; The file of the plan, with the server running.
(defun halint-open ()
  (find-file (halint-plan 'file)))

;; Each client defines these three, and calls `halint-follow-plan'.
(defvar halint-diagnostics nil "Function: plists of :rule :line :severity :text :message :related of the buffer.")
(defvar halint-request nil "Function of a method and parameters as plists: the answer as JSON text.")
(defvar halint-raw nil "Function of a rule: the diagnostic of the protocol, as JSON text.")

(defun halint-shown () (funcall halint-diagnostics))

(defun halint-find (rule)
  (seq-find (lambda (item) (equal (plist-get item :rule) rule)) (halint-shown)))

(defun halint-wait (is-done)
  (with-timeout ((halint-plan 'patience))
    (while (not (funcall is-done)) (accept-process-output nil 0.05))))

(defun halint-wait-for (rule is-wanted)
  (halint-wait (lambda () (eq (and (halint-find rule) t) is-wanted))))

(defun halint-uri (&optional file) (concat "file://" (or file buffer-file-name)))

(defun halint-ask (method parameters)
  (let ((answer (funcall halint-request method parameters)))
    (json-parse-string (if (equal answer "") "null" answer) :object-type 'alist :null-object nil)))

(defun halint-at (line character)
  `(:textDocument (:uri ,(halint-uri)) :position (:line ,(1- line) :character ,character)))

(defun halint-hover (line)
  (or (alist-get 'value (alist-get 'contents (halint-ask "textDocument/hover" (halint-at line 2)))) ""))

(defun halint-actions (rule)
  (let ((diagnostic (json-parse-string (funcall halint-raw rule) :object-type 'plist :false-object :json-false)))
    (halint-ask "textDocument/codeAction"
                `(:textDocument (:uri ,(halint-uri)) :range ,(plist-get diagnostic :range)
                  :context (:diagnostics [,diagnostic])))))

(defun halint-line (number)
  (save-excursion (goto-char (point-min)) (forward-line (1- number))
                  (buffer-substring-no-properties (line-beginning-position) (line-end-position))))

(defun halint-as-json (items)
  (vconcat (mapcar (lambda (item) (cl-loop for (key value) on item by #'cddr
                                           collect (cons (intern (substring (symbol-name key) 1)) value)))
                   items)))

;; The client's own way to apply an edit comes with the client: `halint-apply'.
(defvar halint-apply nil "Function of an edit as JSON text: applies it.")

(defun halint-ignore (action)
  (let ((before (count-lines (point-min) (point-max))) (text (buffer-string)) (rule (halint-plan 'finding 'rule)))
    (funcall halint-apply (json-serialize (alist-get 'edit action)))
    (halint-wait-for rule nil)
    (halint-note 'ignored `((shown . ,(halint-as-json (halint-shown)))
                            (lines . ,(- (count-lines (point-min) (point-max)) before))
                            (text . ,(halint-line (halint-plan 'finding 'line)))))
    (erase-buffer)
    (insert text)
    (halint-wait-for rule t)))

(defun halint-edit (change)
  (goto-char (point-min))
  (forward-line (1- (halint-plan change 'line)))
  (delete-region (point) (line-end-position))
  (insert (halint-plan change 'text))
  (halint-wait-for (halint-plan change 'rule) (eq (halint-plan change 'is_found) t))
  (halint-as-json (halint-shown)))

(defun halint-jump (jump)
  (with-current-buffer (find-file-noselect (alist-get 'file jump))
    (halint-attach)
    (let (places)
      (halint-wait
       (lambda ()
         (setq places (halint-ask (concat "textDocument/" (alist-get 'method jump))
                                  (append (halint-at (alist-get 'line jump) (alist-get 'character jump))
                                          '(:context (:includeDeclaration :json-false)))))
         (> (length places) 0)))
      (vconcat (mapcar (lambda (place)
                         (format "%s:%d" (file-name-nondirectory (alist-get 'uri place))
                                 (1+ (alist-get 'line (alist-get 'start (alist-get 'range place))))))
                       places)))))

(defun halint-attach ())

(defun halint-do-plan ()
  (let ((rule (halint-plan 'finding 'rule)))
    (halint-wait-for rule t)
    (halint-note 'shown (halint-as-json (halint-shown)))
    (halint-note 'hover (halint-hover (halint-plan 'finding 'line)))
    (halint-note 'hover_resource (halint-hover (halint-plan 'resource_line)))
    (let ((actions (halint-actions rule)))
      (halint-note 'actions (vconcat (mapcar (lambda (action) (alist-get 'title action)) actions)))
      (halint-ignore (aref actions 0)))
    (halint-note 'mended (halint-edit 'mend))
    (halint-note 'broken (halint-edit 'spoil))
    (halint-note 'elsewhere (halint-elsewhere))
    (halint-note 'jumps (vconcat (mapcar #'halint-jump (halint-plan 'jumps))))))

(defun halint-follow-plan (client)
  (halint-note 'client client)
  (condition-case fault
      (halint-do-plan)
    (error (halint-note 'fault (format "%S" fault))))
  (let ((coding-system-for-write 'utf-8)) (write-region (json-encode halint-record) nil (halint-plan 'out)))
  (set-buffer-modified-p nil)
  (kill-emacs 0))

;;; emacs.el ends here
